import { GatewayOptionsError } from './gateway-options-error.ts'

/** Where Kie's results have been seen to lie. Every other host is refused, until the app names it. */
const KIE_HOSTS = [
  'tempfile.aiquickdraw.com',
  'file.aiquickdraw.com',
  'static.aiquickdraw.com',
  'tempfile.redpandaai.co',
  'kieai.redpandaai.co',
  'musicfile.kie.ai',
  'cdn.kie.ai',
  'file.kie.ai',
  'cdn1.suno.ai',
  'cdn2.suno.ai',
  'musicfile.removeai.ai',
]

export interface ResultHosts {
  /** The URL to fetch: by https, on a host of the list; `null` for all else. */
  allow: (url: string) => URL | null
  /** Whether the app itself listed this very address, so that it may be a private one. */
  mayBePrivate: (url: URL) => boolean
}

/** @param more hosts of the app's: `cdn.example.com`, or `127.0.0.1:4010`, which is how a private one is allowed. */
export function createResultHosts(more: readonly string[] = []): ResultHosts {
  const hosts = new Set([...KIE_HOSTS, ...more.map(normalise)])
  const mayBePrivate = ({ host, hostname }: URL) => hosts.has(host) && isAddress(hostname)
  return {
    mayBePrivate,
    allow(text) {
      if (!URL.canParse(text)) return null
      const url = new URL(text)
      if (url.username !== '' || url.password !== '' || !hosts.has(url.host)) return null
      if (url.protocol === 'http:' && !mayBePrivate(url)) url.protocol = 'https:'
      return url.protocol === 'https:' || url.protocol === 'http:' ? url : null
    },
  }
}

// `URL` has brought every other spelling of an address (0x7f.1, 2130706433) to this one.
function isAddress(hostname: string): boolean {
  return hostname === 'localhost' || hostname.startsWith('[') || /^\d+\.\d+\.\d+\.\d+$/.test(hostname)
}

function normalise(host: string): string {
  const text = `http://${host}`
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || url.pathname !== '/' || url.username !== '' || url.search !== '' || /[/*@?#]/.test(host)) {
    throw new GatewayOptionsError(
      `Kiekit: resultHosts has ${JSON.stringify(host)}, which is not a host. ` +
        'Downloads are allowed from exact hosts only. Write it like "cdn.example.com" or "127.0.0.1:4010".',
    )
  }
  return url.host
}
