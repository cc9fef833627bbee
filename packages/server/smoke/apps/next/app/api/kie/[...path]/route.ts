import { gateway } from '../../../gateway'

export const GET = gateway.fetch
export const POST = gateway.fetch
