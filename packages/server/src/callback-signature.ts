/** How old, or how far in the future, a callback's timestamp may be. Kie names no window; clocks differ. */
export const CALLBACK_WINDOW_MS = 5 * 60_000

/**
 * Whether Kie signed this: base64 of HMAC-SHA256 over `taskId.timestamp`, not long ago. It does not cover the rest of the
 * body, so a good signature only means that the task is worth reading again.
 */
export async function isSignedByKie(
  callback: { taskId: string; timestamp: string | null; signature: string | null },
  key: string,
): Promise<boolean> {
  const { taskId, timestamp, signature } = callback
  if (timestamp === null || !/^\d{10}$/.test(timestamp) || signature === null) return false
  if (Math.abs(Date.now() - Number(timestamp) * 1_000) > CALLBACK_WINDOW_MS) return false
  const given = decodeBase64(signature)
  if (given === null) return false
  const text = new TextEncoder()
  const hmac = await crypto.subtle.importKey('raw', text.encode(key), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'verify',
  ])
  // `verify` compares in constant time.
  return crypto.subtle.verify('HMAC', hmac, given, text.encode(`${taskId}.${timestamp}`))
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | null {
  if (text.length > 200) return null
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return null
  }
}
