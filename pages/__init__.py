"""Top floor: the Streamlit pages, one file each (画面)."""
