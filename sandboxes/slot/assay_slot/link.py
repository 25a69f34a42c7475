"""JSON messages between a program's process and its tests' process."""

import json
import socket
import struct

MAX_MESSAGE = 256 << 20
_LENGTH = struct.Struct("<I")


class Link:
    """JSON messages with a length before each, over a socket. What arrives is not trusted."""

    def __init__(self, descriptor):
        self.socket = socket.socket(fileno=descriptor)

    def send(self, message):
        data = json.dumps(message, separators=(",", ":")).encode("utf-8", "surrogatepass")
        self.socket.sendall(_LENGTH.pack(len(data)) + data)

    def receive(self):
        """The next message; None when the other side hung up."""
        head = self._exactly(4)
        if head is None:
            return None
        (length,) = _LENGTH.unpack(head)
        if length > MAX_MESSAGE:
            return None
        data = self._exactly(length)
        return None if data is None else json.loads(data)

    def _exactly(self, count):
        pieces = []
        while count:
            piece = self.socket.recv(min(count, 1 << 20))
            if not piece:
                return None
            pieces.append(piece)
            count -= len(piece)
        return b"".join(pieces)
