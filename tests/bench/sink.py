"""`python -m tests.bench.sink`: a mail server in a process of its own that takes everything; prints its port."""

import asyncio

from aiosmtpd.smtp import SMTP


class Taker:
    """Says yes and forgets."""

    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


async def main():
    loop = asyncio.get_running_loop()
    limit = 40 * 1024 * 1024
    server = await loop.create_server(
        lambda: SMTP(Taker(), hostname="mail.bench", data_size_limit=limit, loop=loop), "127.0.0.1", 0
    )
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
