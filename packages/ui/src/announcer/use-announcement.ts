'use client'
import { useEffect } from 'react'
import type { PhaseLabels } from '../labels/phase-labels.ts'
import { requestedPrompt } from '../result-gallery/requested-media.ts'
import type { TaskPhase, TaskView } from '../task-view/task-view.ts'
import { announce, prepareAnnouncer } from './announce.ts'

interface Shown {
  /** `null` before anything was known of the task. */
  phase: TaskPhase | null
  components: number
  leaving?: ReturnType<typeof setTimeout>
}

/** What is shown of each task, by whichever component, so that each change is said once and none is missed. */
const shown = new Map<string, Shown>()
/** A component that takes the place of another one comes well within this time. */
const keptMs = 10_000

/**
 * Says once, politely, that a task has changed its state, also where one component shows the task before the change and
 * another one after it. What was so from the beginning is not said.
 */
export function useAnnouncement({ taskId, phase, request }: TaskView, words: PhaseLabels): void {
  // A task that this page has made begins by waiting, whether or not Kie has said so yet.
  const known = phase !== 'idle' && phase !== 'loading' ? phase : request && 'waiting'
  const word = words[`phase.${phase}`]
  const prompt = requestedPrompt(request)
  const sentence = prompt === null ? word : `${word}: ${prompt}`
  useEffect(() => {
    prepareAnnouncer()
    if (!taskId) return
    const entry = shown.get(taskId) ?? { phase: known, components: 0 }
    shown.set(taskId, entry)
    clearTimeout(entry.leaving)
    entry.components++
    const before = entry.phase
    // An end is one: who still shows what was before it has an old task.
    if (known !== null && known !== before && before !== 'success' && before !== 'fail') {
      entry.phase = known
      if (before !== null || known === 'error') announce(sentence)
    }
    return () => {
      entry.components--
      if (entry.components === 0) entry.leaving = setTimeout(() => shown.delete(taskId), keptMs)
    }
  }, [taskId, known, sentence])
}
