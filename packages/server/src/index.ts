export { createKieGateway, type KieGateway } from './gateway.ts'
export { GatewayOptionsError } from './gateway-options-error.ts'
export type { GatewayLogger } from './logger.ts'
export { memoryStore } from './memory-store.ts'
export type {
  Authorize,
  AuthorizeContext,
  CreateContext,
  CreateVeto,
  FinishedTaskTools,
  GatewayAction,
  GatewayLimits,
  GatewayOptions,
  GatewayUser,
  OpenedResult,
  OpenResult,
} from './options.ts'
export { type RedisClient, type RedisStoreOptions, type RedisSubscriber, redisStore } from './redis-store.ts'
export type { Store, StoreRates, StoreSetOptions, StoreTurn, StoreWriteOptions } from './store.ts'
