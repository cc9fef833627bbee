'use client'
import { createContext } from 'react'

/** Whether the task is followed through a `KieProvider`, so that hooks which need one may be called. */
export const FollowedContext = createContext(false)
