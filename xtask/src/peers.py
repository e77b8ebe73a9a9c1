"""Asks trafilatura or htmldate about pages, whose paths come on standard input, one a line.

Prints a JSON object a page, and the processor seconds of reading the pages, without start and input, at the end.
"""

import json
import logging
import sys
import time

logging.disable(logging.CRITICAL)


def main_text(page):
    import trafilatura

    document = trafilatura.bare_extraction(
        page, include_comments=False, include_tables=True, with_metadata=True
    )
    return {"text": document.text if document else None}


def publication_date(page):
    from htmldate import find_date
    from htmldate.utils import decode_file

    return {"date": find_date(decode_file(page), original_date=True, extensive_search=True)}


def main():
    read = {"trafilatura": main_text, "htmldate": publication_date}[sys.argv[1]]
    pages = []
    for line in sys.stdin:
        with open(line.rstrip("\n"), "rb") as file:
            pages.append(file.read())
    # What is loaded and built once is no part of the time.
    read(b"<html><body><p>Le 6 mars 2025, rien.</p></body></html>")
    begun = time.process_time()
    answers = []
    for page in pages:
        try:
            answers.append(read(page))
        except Exception:
            answers.append({})
    seconds = time.process_time() - begun
    for answer in answers:
        print(json.dumps(answer))
    print(json.dumps({"seconds": seconds}))


main()
