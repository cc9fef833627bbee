'use client'
import { createContext } from 'react'
import type { TaskView } from './task-view.ts'

/** The task of the nearest `<Task>`. */
export const TaskContext = createContext<TaskView | null>(null)
