import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** The cable between a browser and a server on this machine: it notes what comes back, and can be pulled. */
export interface Wire {
  /** Where the browser connects. */
  port: number
  /** Every byte that the server has sent so far, a character each. */
  received: () => string
  /** Breaks all connections; new ones are refused until it is plugged in again. */
  pull: () => void
  plugIn: () => Promise<void>
}

export async function layWire(serverPort: number): Promise<Wire> {
  const connections: string[][] = []
  const ends = new Set<Socket>()
  let port = 0

  const listener = createServer((browser) => {
    const server = connect(serverPort, '127.0.0.1')
    const sent: string[] = []
    connections.push(sent)
    server.on('data', (data) => sent.push(data.toString('latin1')))
    browser.pipe(server).pipe(browser)
    browser.on('close', () => server.destroy())
    for (const [end, other] of [
      [browser, server],
      [server, browser],
    ] as const) {
      ends.add(end)
      end.on('close', () => ends.delete(end))
      end.on('error', () => other.destroy())
    }
  })

  async function plugIn() {
    listener.listen(port, '127.0.0.1')
    await once(listener, 'listening')
    const address = listener.address()
    if (typeof address === 'object' && address) port = address.port
  }

  function pull() {
    if (listener.listening) listener.close()
    for (const end of ends) end.destroy()
  }

  await plugIn()
  return { port, received: () => connections.map((sent) => sent.join('')).join('\n'), pull, plugIn }
}
