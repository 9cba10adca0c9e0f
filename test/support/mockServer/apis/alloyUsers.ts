import { remove } from '../state';
import type { Call, State, StoredRecord, Vendor, VendorAnswer } from '../types';
import { alloyId, userOf } from './alloyCredentials';

const VENDOR = 'alloy';

/** The operations on users, which Alloy's two APIs share. */
export const alloyUsers: Vendor['answers'] = { listUsers, createUser, getUser, updateUser, deleteUser };

/** The users that exist at the start. */
export function seedUsers(): Pick<State, 'users'> {
	const user = (userId: string, username: string, fullName: string): StoredRecord => ({
		vendor: VENDOR,
		id: userId,
		record: { userId, username, fullName },
	});
	return {
		users: [user('5eba51a03fe9631316668514', 'acme', 'Acme Inc.'), user('5eba51a03fe9631316668515', 'globex', 'Globex Corporation')],
	};
}

function listUsers({ state }: Call): VendorAnswer {
	return { body: { data: usersIn(state).map(({ record }) => record) } };
}

function createUser({ body, state }: Call): VendorAnswer {
	const sent = body as { username: string; fullName?: string };
	if (named(state, sent.username)) return taken(sent.username);
	const userId = alloyId();
	state.users.push({ vendor: VENDOR, id: userId, record: { userId, ...sent } });
	return { body: { userId } };
}

// Alloy accepts the username instead of the ID.
function getUser({ params, state }: Call): VendorAnswer {
	const found = byId(state, params.userId) ?? named(state, params.userId);
	return found ? { body: found.record } : noUser(params.userId);
}

// Alloy does not document the responses to changes and deletions, so they are empty.
function updateUser({ params, body, state }: Call): VendorAnswer {
	const sent = body as { username?: string };
	const found = byId(state, params.userId);
	if (!found) return noUser(params.userId);
	const other = sent.username === undefined ? undefined : named(state, sent.username);
	if (other && other !== found) return taken(sent.username);
	Object.assign(found.record, sent);
	return {};
}

// What happens to the user's credentials is not documented; here they are deleted, too.
function deleteUser({ params, state }: Call): VendorAnswer {
	const found = byId(state, params.userId);
	if (!found) return noUser(params.userId);
	remove(state.users, found);
	const own = state.credentials.filter((each) => each.vendor.startsWith(VENDOR) && userOf(each) === found.id);
	for (const each of own) remove(state.credentials, each);
	return {};
}

function usersIn(state: State): StoredRecord[] {
	return state.users.filter(({ vendor }) => vendor === VENDOR);
}

function byId(state: State, userId: unknown): StoredRecord | undefined {
	return usersIn(state).find(({ id }) => id === userId);
}

function named(state: State, username: unknown): StoredRecord | undefined {
	return usersIn(state).find(({ record }) => record.username === username);
}

function noUser(user: unknown): VendorAnswer {
	return { refused: { status: 404, message: `There is no user ${String(user)}` } };
}

// Status and shape of this refusal are not documented; 409 is the usual status, and the message is where Alloy's errors have it.
function taken(username: unknown): VendorAnswer {
	return { refused: { status: 409, message: `The username ${String(username)} is taken` } };
}
