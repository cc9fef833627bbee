'use client'
import { useEffect, useRef } from 'react'
import type { PhaseLabels } from '../labels/phase-labels.ts'
import { requestedPrompt } from '../result-gallery/requested-media.ts'
import type { TaskPhase, TaskView } from '../task-view/task-view.ts'
import { announce, prepareAnnouncer } from './announce.ts'

/** What was last said of a task, so that several components on one task say it once. */
const said = new Map<string, TaskPhase>()

/** Says once, politely, that a task has changed its state. What was so from the beginning is not said. */
export function useAnnouncement({ phase, task }: TaskView, words: PhaseLabels): void {
  const taskId = task?.taskId
  const sentence = [words[`phase.${phase}`], requestedPrompt(task?.request)].filter((text) => text !== null).join(': ')
  const seen = useRef({ taskId, phase })
  useEffect(() => {
    prepareAnnouncer()
    const before = seen.current
    seen.current = { taskId, phase }
    if (taskId === undefined || before.taskId !== taskId || before.phase === phase) return
    if (said.get(taskId) === phase) return
    said.set(taskId, phase)
    announce(sentence)
  }, [taskId, phase, sentence])
}
