export { type ConformanceCheck, conformanceChecks } from './conformance-checks.ts'
export type { ConformancePart, ConformanceProps, ConformanceSubject } from './conformance-subject.ts'
