export { type FileStoreOptions, fileStore } from './file-store.ts'
export { type NodeHandler, toNodeHandler } from './node-handler.ts'
