const HEADERS = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

/** Answers in Kie's own envelope, so that one client reads Kie and the gateway alike. */
export function envelope(
  code: number,
  msg: string,
  data: unknown = null,
  init: { status?: number; headers?: Record<string, string> } = {},
): Response {
  return envelopeText(JSON.stringify({ code, msg, data }), { status: init.status ?? httpStatusOf(code), ...init })
}

/** Answers with an envelope that is already written. */
export function envelopeText(text: string, init: { status: number; headers?: Record<string, string> }): Response {
  return new Response(text, { status: init.status, headers: { ...HEADERS, ...init.headers } })
}

/**
 * The HTTP status that fits a code of Kie's, seen from a browser. The app's own key being refused (401, 403) is a fault
 * behind the gateway: a browser that saw 401 would send its user to the login page.
 */
export function httpStatusOf(code: number): number {
  switch (code) {
    case 200:
    case 408: // These three say that the task failed: the question itself was answered.
    case 501:
    case 531:
      return 200
    case 400:
    case 402:
    case 404:
    case 405:
    case 409:
    case 413:
    case 422:
    case 429:
    case 451:
      return code
    case 430:
      return 429
    case 433:
      return 402
    case 455:
    case 550:
      return 503
    case 505:
      return 501
    default:
      return 502
  }
}
