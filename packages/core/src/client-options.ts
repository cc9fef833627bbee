/** What {@link createKieClient} takes. */
export interface KieClientOptions {
  /**
   * Where the API is: Kie's own address, your gateway's (`/api/kie`) or a fake's.
   * @default 'https://api.kie.ai'
   */
  baseUrl?: string | undefined
  /** @default Kie's upload host; `baseUrl` where that is not Kie's own */
  uploadBaseUrl?: string | undefined
  /** On servers only. In a browser everybody could read it. */
  apiKey?: string | (() => string | Promise<string>) | undefined
  /** @default the platform's */
  fetch?: typeof fetch | undefined
  /** Sent with every request, for example the session of the app. */
  headers?: HeadersInit | (() => HeadersInit | Promise<HeadersInit>) | undefined
  /** How long one request may take; uploads may take twenty times as long. @default 30_000 */
  requestTimeoutMs?: number | undefined
  /** Lets a key into a browser, where every visitor can take it. For local experiments. */
  dangerouslyAllowBrowser?: boolean | undefined
}
