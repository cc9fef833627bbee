/** Thrown by `createKieGateway` when it cannot run safely with the options that it was given. */
export class GatewayOptionsError extends Error {
  override name = 'GatewayOptionsError'
}
