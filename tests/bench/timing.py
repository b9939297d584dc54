"""Says in a header of each answer how long the product took for it, how long its thread had the processor
(what a busy machine does not lengthen), and how many statements that were."""

import time

from django.db import connection


def middleware(get_response):
    """The outermost middleware: everything of ours lies inside."""

    def answer(request):
        count = Count()
        begun, worked = time.perf_counter(), time.thread_time()
        with connection.execute_wrapper(count):
            response = get_response(request)
        taken = 1000 * (time.perf_counter() - begun)
        cpu = 1000 * (time.thread_time() - worked)
        response["Server-Timing"] = f"app;dur={taken:.3f}, cpu;dur={cpu:.3f}, sql;desc={count.number}"
        return response

    return answer


class Count:
    """Counts the statements that pass."""

    number = 0

    def __call__(self, execute, sql, params, many, context):
        self.number += 1
        return execute(sql, params, many, context)
