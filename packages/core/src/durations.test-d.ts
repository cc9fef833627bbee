import { expectTypeOf } from 'vitest'
import {
  adaptivePolling,
  createDurationStats,
  createPageScheduler,
  type DurationDistribution,
  type DurationStats,
  type DurationStorage,
  type PollingPolicy,
} from './index.ts'

expectTypeOf(createDurationStats()).toEqualTypeOf<DurationStats>()
expectTypeOf(createDurationStats().distribution('z-image')).toEqualTypeOf<DurationDistribution>()

// What the platform and the usual libraries bring is a storage as it is.
expectTypeOf<Storage>().toExtend<DurationStorage>()
expectTypeOf<{
  getItem(key: string): Promise<string | null>
  setItem(key: string, value: string): Promise<void>
}>().toExtend<DurationStorage>()
expectTypeOf<Map<string, string>>().not.toExtend<DurationStorage>()

expectTypeOf(adaptivePolling()).toEqualTypeOf<PollingPolicy>()
expectTypeOf(adaptivePolling).parameter(0).toEqualTypeOf<{ secondsPerRequest?: number | undefined } | undefined>()

expectTypeOf(createPageScheduler().schedule(() => 5)).toEqualTypeOf<Promise<number>>()
expectTypeOf(createPageScheduler().schedule(async () => 'text')).toEqualTypeOf<Promise<string>>()
