"""Reads the letters in a folder as anybody's mail program would, and prints each as a line of JSON."""

import email
import email.policy
import json
import pathlib
import sys


def read(file):
    with file.open("rb") as letter:
        message = email.message_from_binary_file(letter, policy=email.policy.default)
    text = message.get_body(preferencelist=("plain",))
    html = message.get_body(preferencelist=("html",))
    recipients = [address for header in message.get_all("To", []) for address in header.addresses]
    return {
        "delivered_to": message["Delivered-To"],
        "to": [{"name": address.display_name, "address": address.addr_spec} for address in recipients],
        "copies": message.get_all("Cc", []) + message.get_all("Bcc", []),
        "subject": message["Subject"],
        "message_id": message["Message-ID"],
        "text": text.get_content() if text else None,
        "html": html.get_content() if html else None,
        "defects": [repr(defect) for part in message.walk() for defect in part.defects],
    }


for file in sorted(pathlib.Path(sys.argv[1]).iterdir()):
    print(json.dumps(read(file)))
