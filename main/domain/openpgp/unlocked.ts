/** What a secret key is good for once it was opened: `opens-mail` where a stub stands in the place of its primary key. */
export type Unlocked = 'everything' | 'opens-mail' | 'nothing';
