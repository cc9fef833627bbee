'use client'
import { useKieClient } from '@kiekit/react'

/**
 * Whether files can be saved: only a gateway hands them over, because Kie's file hosts let no page of another origin
 * read what they send.
 */
export function useCanSave(): boolean {
  return useKieClient()?.open !== undefined
}
