import type { Server } from 'node:http'

const attempts = 20

/** Listens on the wanted port or, saying so, on the next free one; gives the port. Only this machine can connect. */
export async function listenOnFreePort(server: Server, wanted: number): Promise<number> {
  for (let port = wanted; port < wanted + attempts && port <= 65_535; port++) {
    if (await listens(server, port)) return port
    console.log(`Port ${port} is taken. To choose one: npm start -- --port 4000`)
  }
  throw new Error(`Kiekit: no free port from ${wanted} on. Choose another: npm start -- --port 4000`)
}

function listens(server: Server, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException) => {
      server.off('listening', onListening)
      if (error.code === 'EADDRINUSE') resolve(false)
      else reject(error)
    }
    const onListening = () => {
      server.off('error', onError)
      resolve(true)
    }
    server.once('error', onError).once('listening', onListening).listen(port, '127.0.0.1')
  })
}
