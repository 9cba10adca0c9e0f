import type {
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	ILoadOptionsFunctions,
	INodeCredentialTestResult,
	INodePropertyOptions,
} from 'n8n-workflow';
import { literal, STORE } from '../../model/layout';
import type { CredentialContext } from './credential';
import { STORE_TEST } from '../problems/failures';

export { STORE };

/** Named secrets from n8n's encrypted store. */
export type Store = Map<string, string>;

type Row = { name?: string; value?: string };

/** n8n's test of a credential of named secrets: says what is wrong with it, or how many secrets it holds. */
export async function checkSecrets(this: ICredentialTestFunctions, credential: ICredentialsDecrypted): Promise<INodeCredentialTestResult> {
	const rows = rowsOf(credential.data ?? {});
	const names = rows.map(({ name }) => name?.trim() ?? '');
	const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
	const incomplete = rows.findIndex(({ name, value }) => !name?.trim() || !value);
	if (rows.length === 0) return { status: 'Error', message: STORE_TEST.none() };
	if (incomplete !== -1) return { status: 'Error', message: STORE_TEST.incomplete(incomplete + 1) };
	if (twice !== undefined) return { status: 'Error', message: STORE_TEST.twice(twice) };
	return { status: 'OK', message: STORE_TEST.holds(names.length) };
}

function rowsOf(data: { [name: string]: unknown }): Row[] {
	return ((data.entries ?? {}) as { items?: Row[] }).items ?? [];
}

/**
 * Reads the credential that holds named secrets.
 * @throws what n8n throws if none is set
 */
export async function storeOf(context: Pick<CredentialContext, 'getCredentials'>, itemIndex: number): Promise<Store> {
	const data = await context.getCredentials(STORE.credential, itemIndex);
	return new Map(rowsOf(data).flatMap(({ name, value }) => (name && value ? [[name.trim(), value] as const] : [])));
}

/** The names in the store, for a list in the editor; never the values. */
export async function storedNames(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
	// n8n already shows where to choose the credential. Asking for a missing one would make n8n report that the vendor failed.
	if (!this.getNode().credentials?.[STORE.credential]) return [];
	const names = [...(await storeOf(this, 0)).keys()];
	return names.sort((a, b) => a.localeCompare(b, 'en')).map((name) => ({ name, value: literal(name) }));
}
