/** The words of {@link TaskFailureNotice}; amounts of credits come worded. */
export interface NoticeLabels {
  'notice.provider': (message: string) => string
  'notice.free': string
  'notice.charged': (credits: string) => string
  'notice.start-again': string
}

export const noticeLabels: NoticeLabels = {
  'notice.provider': (message) => `The model said: “${message}”`,
  'notice.free': 'No credits were charged.',
  'notice.charged': (credits) => `${credits} charged.`,
  'notice.start-again': 'Start again',
}
