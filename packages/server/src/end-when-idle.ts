/**
 * The same response, whose body breaks off when its sender stays silent for too long while somebody wants to read on. A
 * reader who takes time is not hurried. `onBroken` is told of that, and of a body that breaks by itself.
 */
export function endWhenIdle(response: Response, idleMs: number, onBroken: (error: unknown) => void): Response {
  const reader = response.body?.getReader()
  if (!reader) return response
  const body = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const timer = setTimeout(() => {
          const error = new Error(`the host sent nothing more for ${idleMs / 1_000} s`)
          controller.error(error)
          onBroken(error)
          reader.cancel(error).catch(() => undefined)
        }, idleMs)
        try {
          const { done, value } = await reader.read().catch((error: unknown) => {
            onBroken(error)
            throw error
          })
          // After the silence there is nothing to hand on to.
          if (controller.desiredSize === null) return
          if (done) controller.close()
          else controller.enqueue(value)
        } finally {
          clearTimeout(timer)
        }
      },
      cancel: (reason) => reader.cancel(reason),
    },
    // Nothing is read ahead of who reads.
    { highWaterMark: 0 },
  )
  return new Response(body, { status: response.status, headers: response.headers })
}
