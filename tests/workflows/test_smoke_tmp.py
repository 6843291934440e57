import time
def test_a(service):
    t=time.time()
    d=service.care.taken_up()
    print("taken up", time.time()-t)
    t=time.time()
    print(service.care.publish(d).status_code, time.time()-t)
    t=time.time(); s=service.state(); print("state", time.time()-t, sum(map(len,s.values())))
    print(service.doors.record("roelvink", d.patient, "Condition").status_code)
    print(service.care.close(d).status_code)
    print(service.care.publish(d).status_code)
    print(len(service.lines()))
