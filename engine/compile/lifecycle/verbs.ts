import { words } from '../../model/names';

/** What an operation does to a resource. */
export type Role = 'create' | 'get' | 'list' | 'update' | 'delete' | 'other';

const list = (text: string): string[] => text.split(' ');
const roleWords: Array<[role: Role | 'read', words: string[]]> = [
	['create', list('create add insert post new register issue provision')],
	['read', list('get retrieve read fetch show describe find view load')],
	['list', list('list index getall browse enumerate')],
	['update', list('update patch edit modify put replace change upsert save set')],
	['delete', list('delete remove destroy del')],
];

/** The role that each verb of the five roles indicates; `read` may be one record or a list. */
export const VERBS = new Map(roleWords.flatMap(([role, all]) => all.map((word) => [word, role] as const)));

/** Verbs of other actions on a resource. */
export const ACTIONS = new Set([
	...list(
		'abort accept acknowledge acquire activate advance allocate analyze append apply approve archive assign associate ' +
			'attach audit authenticate',
	),
	...list(
		'authorize await ban batch block build bulk bypass calculate callback cancel capture check checkout claim clean clear ' +
			'clone close collect',
	),
	...list('commit compare complete compose compute configure confirm connect consume convert copy count deactivate debug decline decrypt'),
	...list(
		'deliver demote deny deploy deprecate deregister detach detect diagnose diff disable disassociate discard disconnect discover dismiss',
	),
	...list(
		'dispatch download drain dry duplicate embed enable encrypt end enroll estimate evaluate exchange execute expire explain export extend',
	),
	...list(
		'extract failover finalize finish flush force forget fork generate grant handle hide impersonate import infer ingest ' +
			'initialize initiate install',
	),
	...list(
		'introspect invalidate invite invoke issue join kill launch leave link lock login logout lookup mark match merge migrate mint moderate',
	),
	...list(
		'mount move mute notify observe open parse pause peek perform ping poll predict prepare preview probe process promote provision publish',
	),
	...list(
		'pull purge push query queue quote reactivate rebuild recalculate receive recover redeem redeliver redo refresh refund ' +
			'regenerate reindex reinstate',
	),
	...list(
		'reject release reload relay rename render renew reopen reorder reorganize replay reply report request reschedule ' +
			'resend reset resize resolve restart',
	),
	...list(
		'restore resubmit resume retry return reveal revert review revoke roll rollback rotate run sample save scale scan ' +
			'schedule score search seed select',
	),
	...list(
		'send share shutdown sign signal simulate skip sleep snapshot snooze sort split start stop stream submit subscribe ' +
			'suggest summarize suspend swap',
	),
	...list(
		'switch sync synchronize tag test toggle touch train transfer transform translate trash trigger unarchive unassign ' +
			'unban unblock undelete undeploy',
	),
	...list(
		'undo uninstall unlink unlock unmount unpause unpublish unregister unshare unstar unsubscribe untag untrash upgrade ' +
			'upload validate verify void wait wake',
	),
	...list('watch withdraw write zip setup opt ask answer'),
]);

/** The verb in an operation's name, and its object. */
export interface Verb {
	role: Role | 'read' | undefined;
	word: string;
	/** The other words. */
	rest: string[];
	/** The verb has no object (`buckets.list`, `ApiKeysGet`). */
	alone: boolean;
}

/**
 * The verb of an operationId in any of its usual forms: `listUsers`, `users.list`, `UsersList`, `Users_List`, `users/list`.
 * @returns undefined if there is none
 */
export function verbOf(operationId: string): Verb | undefined {
	const parts = operationId.split(/[./:#]+/).filter(Boolean);
	const last = words(parts[parts.length - 1] ?? '');
	const before = parts.slice(0, -1).flatMap(words);
	if (last.length === 0) return undefined;
	const roleOf = (word: string) => VERBS.get(word) ?? (ACTIONS.has(word) ? 'other' : undefined);
	const first = roleOf(last[0]);
	const end = last.length > 1 ? roleOf(last[last.length - 1]) : undefined;
	const isSuffix = /_[A-Za-z]+$/.test(operationId) && /^[A-Z]/.test(operationId);
	if (first !== undefined && !(isSuffix && end !== undefined && VERBS.has(last[last.length - 1])))
		return { role: first, word: last[0], rest: [...before, ...last.slice(1)], alone: last.length === 1 };
	if (end !== undefined) return { role: end, word: last[last.length - 1], rest: [...before, ...last.slice(0, -1)], alone: true };
	return before.length > 0 ? { role: undefined, word: last[0], rest: before, alone: last.length === 1 } : undefined;
}
