export { type ConformanceCheck, conformanceChecks } from './conformance-checks.ts'
export type { ConformanceProps, ConformanceSubject } from './conformance-subject.ts'
