import time


def test_x(service):
    c = service.care
    d = service.doors
    c.taken_up()
    for n in range(3):
        t = time.perf_counter()
        r = c.refer()
        t1 = time.perf_counter()
        x = c.decide(r.task, "accepted", "trajectory", why="x")
        t2 = time.perf_counter()
        dd = c.dossier(r)
        t3 = time.perf_counter()
        c.publish(dd)
        t4 = time.perf_counter()
        print([round(1000 * v) for v in (t1 - t, t2 - t1, t3 - t2, t4 - t3)])
