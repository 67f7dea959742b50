// What Streamlit loads: it never changes, and asks for the part that does by its own address.
export default async function component(given) {
  const { show } = await import(given.data.module);
  return show(given);
}
