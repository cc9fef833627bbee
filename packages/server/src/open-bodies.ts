/** Bodies that are on their way to their readers. */
export interface OpenBodies {
  /** The same response, whose body is waited for. `onEnd` runs when it has come to its end, or been let go. */
  follow: (response: Response, onEnd: () => void) => Response
  /** Resolves when all have come to their end, or been let go. */
  ended: () => Promise<void>
}

export function createOpenBodies(): OpenBodies {
  const open = new Set<Promise<void>>()

  return {
    follow(response, onEnd) {
      const reader = response.body?.getReader()
      if (!reader) {
        onEnd()
        return response
      }
      let resolve = () => {}
      const ended = new Promise<void>((done) => void (resolve = done)).then(() => void open.delete(ended))
      open.add(ended)
      const end = () => {
        resolve()
        onEnd()
      }
      const body = new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            try {
              const { done, value } = await reader.read()
              if (!done) return controller.enqueue(value)
              controller.close()
              end()
            } catch (error) {
              end()
              controller.error(error)
            }
          },
          async cancel(reason) {
            end()
            await reader.cancel(reason)
          },
        },
        // Nothing is read ahead of who reads.
        { highWaterMark: 0 },
      )
      return new Response(body, { status: response.status, headers: response.headers })
    },
    ended: async () => void (await Promise.all(open)),
  }
}
