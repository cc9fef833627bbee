import { gateway } from './gateway.js'

export default { fetch: (request) => gateway.fetch(request) }
