import type { CreateTaskRequest } from './client.ts'
import { kieError } from './describe-error.ts'

/**
 * The part of a Standard Schema (https://standardschema.dev) that is needed here: zod, valibot, arktype and others make
 * such schemas.
 */
export interface StandardSchema<Input = unknown, Output = Input> {
  readonly '~standard': {
    readonly version: 1
    readonly vendor: string
    readonly validate: (value: unknown) => SchemaResult<Output> | Promise<SchemaResult<Output>>
    readonly types?: { readonly input: Input; readonly output: Output } | undefined
  }
}

type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly SchemaIssue[] }

interface SchemaIssue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/** What a schema takes. */
export type SchemaInput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['input']
/** What a schema gives. */
export type SchemaOutput<S extends StandardSchema> = NonNullable<S['~standard']['types']>['output']

/** A model whose input is typed and checked before it costs anything. */
export interface KieModel<Id extends string, S extends StandardSchema> {
  /** The request for `createTask`, or for the hooks that create. */
  (
    input: SchemaInput<S>,
    options?: { callBackUrl?: string | undefined },
  ): Promise<CreateTaskRequest & { model: Id; input: SchemaOutput<S> }>
  readonly id: Id
  readonly input: S
}

/**
 * Types the input of a model by any Standard Schema, and checks it before a request is made.
 *
 * @throws {@link KieError} of kind `validation`, naming each field that does not fit, when the model is called
 *
 * @example
 * ```ts
 * import * as z from 'zod/mini'
 *
 * const zImage = defineModel('z-image', z.object({ prompt: z.string(), aspect_ratio: z.enum(['1:1', '16:9']) }))
 * const { taskId } = await client.createTask(await zImage({ prompt: 'A lighthouse', aspect_ratio: '16:9' }))
 * ```
 */
export function defineModel<const Id extends string, S extends StandardSchema<unknown, Record<string, unknown>>>(
  id: Id,
  input: S,
): KieModel<Id, S> {
  const request: (...args: Parameters<KieModel<Id, S>>) => ReturnType<KieModel<Id, S>> = async (value, options) => {
    const result = await input['~standard'].validate(value)
    if (result.issues) throw kieError({ kind: 'validation', said: result.issues.map(sayIssue).join('; ') })
    return { model: id, input: result.value, ...options }
  }
  return Object.assign(request, { id, input })
}

function sayIssue({ path = [], message }: SchemaIssue): string {
  const steps = path.map((step) => String(typeof step === 'object' ? step.key : step))
  return steps.length === 0 ? message : `${steps.join('.')}: ${message}`
}
