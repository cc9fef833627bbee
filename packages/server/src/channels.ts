type Listener = (message: string) => void

/** Publish and subscribe within one process, for the stores that have no broker. */
export interface Channels {
  publish(channel: string, message: string): void
  subscribe(channel: string, listener: Listener): () => void
}

export function createChannels(): Channels {
  const listeners = new Map<string, Set<Listener>>()
  return {
    publish(channel, message) {
      for (const listener of [...(listeners.get(channel) ?? [])]) listener(message)
    },
    subscribe(channel, listener) {
      const own: Listener = (message) => listener(message)
      const all = listeners.get(channel) ?? new Set()
      listeners.set(channel, all.add(own))
      return () => {
        all.delete(own)
        if (all.size === 0 && listeners.get(channel) === all) listeners.delete(channel)
      }
    },
  }
}
