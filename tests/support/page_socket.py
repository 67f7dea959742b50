"""A browser's socket without a browser: Streamlit's pages, opened and pressed by their messages."""

import html
import re
from contextlib import ExitStack

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

LONGEST_S = 60
_WIDGETS = ("button", "text_input", "text_area")


class Screen:
    """One tab: what it shows, and the widgets on it by the end of their ids."""

    def __init__(self, address):
        self._open = ExitStack()
        self.socket = self._open.enter_context(connect(
            address.replace("http", "ws", 1) + "/_stcore/stream", subprotocols=["streamlit"],
            origin=address, max_size=None, open_timeout=LONGEST_S,
        ))  # fmt: skip
        self.query = self.hash = self.text = ""
        self.widgets = {}

    def close(self):
        self._open.close()

    def open(self, page, query=""):
        """Open a page of the app and wait until it stands."""
        self.query, self.hash = query, ""
        self._run(page=page)

    def press(self, button, **written):
        """Write into fields, press a button, and wait until the page stands again.

        Widgets are named by a pattern of their keys; `written` by field's key too.
        """
        self._run(button=button, written=written)

    def find(self, pattern):
        """Return the id of the widget whose key is of a pattern."""
        return next(id_ for key, id_ in self.widgets.items() if re.fullmatch(pattern, key))

    def _run(self, *, page="", button="", written=None):
        message = BackMsg()
        rerun = message.rerun_script
        rerun.query_string, rerun.page_name, rerun.page_script_hash = self.query, page, self.hash
        for pattern, text in (written or {}).items():
            one = rerun.widget_states.widgets.add()
            one.id, one.string_value = self.find(pattern), text
        if button:
            one = rerun.widget_states.widgets.add()
            one.id, one.trigger_value = self.find(button), True
        self.socket.send(message.SerializeToString())
        self.text, self.widgets = "", {}
        while self._take(self.socket.recv(timeout=LONGEST_S)):
            pass

    def _take(self, data):
        """Read one message; say whether more are to come."""
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "delta":
            self._take_element(message.delta.new_element)
        return not (
            kind == "script_finished"
            and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        )

    def _take_element(self, element):
        kind = element.WhichOneof("type")
        if kind in _WIDGETS:
            id_ = getattr(element, kind).id
            self.widgets[id_.split("-", 2)[-1]] = id_
        elif kind == "html":
            self.text += html.unescape(element.html.body) + "\n"
        elif kind == "toast":
            self.text += element.toast.body + "\n"
