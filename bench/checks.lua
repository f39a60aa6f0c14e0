-- One request for each line of the file that MOTP_BENCH_BODIES names, each line once.
-- LuaJIT inside wrk: a request costs the load tool some microseconds of the shared cores.
local head, lines, at

function init(arguments)
  head = "POST /v1/verifications HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer "
    .. os.getenv("MOTP_BENCH_KEY")
    .. "\r\nContent-Type: application/json\r\nContent-Length: "
  lines, at = {}, 0
  for line in io.lines(os.getenv("MOTP_BENCH_BODIES")) do
    lines[#lines + 1] = line
  end
end

function request()
  at = at + 1
  local body = lines[at]
  if body == nil then
    wrk.thread:stop()
    return "GET /v1/service HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
  end
  return head .. #body .. "\r\n\r\n" .. body
end
-- What wrk counted, as one line of JSON, beside any script.
function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    '\n{"requests":%d,"seconds":%.6f,"p50":%.3f,"p99":%.3f,"refused":%d,"broken":%d}\n',
    summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1e3, latency:percentile(99) / 1e3,
    errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
