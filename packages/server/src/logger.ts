/** Where the gateway writes its structured log lines: pino's interface, so that a pino logger goes in as it is. */
export interface GatewayLogger {
  debug(fields: Record<string, unknown>, message: string): void
  info(fields: Record<string, unknown>, message: string): void
  warn(fields: Record<string, unknown>, message: string): void
  error(fields: Record<string, unknown>, message: string): void
}

/** Without a logger: all but the small talk goes to the console. */
export const consoleLogger: GatewayLogger = {
  debug() {},
  info: (fields, message) => console.info(`Kiekit: ${message}`, fields),
  warn: (fields, message) => console.warn(`Kiekit: ${message}`, fields),
  error: (fields, message) => console.error(`Kiekit: ${message}`, fields),
}

/** A logger that passes every line through `clean` first: no line may carry the key, whoever put it there. */
export function cleanLogger(logger: GatewayLogger, clean: (text: string) => string): GatewayLogger {
  const cleaned = (fields: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, cleanField(value, clean)]))
  return {
    debug: (fields, message) => logger.debug(cleaned(fields), clean(message)),
    info: (fields, message) => logger.info(cleaned(fields), clean(message)),
    warn: (fields, message) => logger.warn(cleaned(fields), clean(message)),
    error: (fields, message) => logger.error(cleaned(fields), clean(message)),
  }
}

// Errors are cut down to name and message: a cause or a library's own fields may hold whole requests, headers included.
function cleanField(value: unknown, clean: (text: string) => string): unknown {
  if (value instanceof Error) return clean(`${value.name}: ${value.message}`)
  return typeof value === 'string' ? clean(value) : value
}
