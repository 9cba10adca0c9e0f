import type { ICredentialDataDecryptedObject, ICredentialsDecrypted, INode } from 'n8n-workflow';
import { labelOf } from '../../model/names';
import { fingerprint } from './fingerprint';
import { problem, type Problem } from '../problems/problem';
import { credentialSecrets } from './secrets';

/** What n8n offers a node for reading its credentials: the same in a run, an editor list and a poll. */
export interface CredentialContext {
	getCredentials(type: string, itemIndex?: number): Promise<ICredentialDataDecryptedObject>;
	getNode(): INode;
}

/** An item's n8n credential, decrypted once. */
export interface NodeCredential {
	/** In the form n8n's request helper takes, so that it does not decrypt again or resolve expressions for another item. */
	decrypted: ICredentialsDecrypted;
	/** Equal for items that sign in with the same values: an expression in a credential can give each item its own. */
	fingerprint: string;
	/** The vendor's address, trimmed; check `problems` before use. */
	baseUrl: string;
	secrets: string[];
	problems: Problem[];
}

/**
 * Reads an item's credential. The address is its field `baseUrl`, or `otherBaseUrl` if that is "other".
 * @throws what n8n throws if no credential is set
 */
export async function credentialOf(
	context: CredentialContext,
	type: string,
	itemIndex: number,
	node = context.getNode(),
): Promise<NodeCredential> {
	const data: ICredentialDataDecryptedObject = await context.getCredentials(type, itemIndex);
	const { id, name } = node.credentials?.[type] ?? { id: null, name: type };
	const baseUrl = String((data.baseUrl === 'other' ? data.otherBaseUrl : data.baseUrl) ?? '').trim();
	const problems: Problem[] = [];
	const address = { label: 'Base URL in the n8n credential' };
	if (!isAddress(baseUrl)) problems.push(problem(baseUrl === '' ? 'missingBaseUrl' : 'baseUrl', address, '', { credential: name }));
	else if (data.allowHttp !== true && !isPrivate(baseUrl)) problems.push(problem('unencrypted', address, '', { credential: name }));
	for (const [field, value] of Object.entries(data)) {
		// A header is a single line. The HTTP client would complain in its own words, with the key in them.
		if (typeof value !== 'string' || ADDRESSES.has(field) || !/[\r\n\0]/.test(value)) continue;
		problems.push(problem('lineBreak', { label: `${labelOf(field)} in the n8n credential` }, '', { credential: name }));
	}
	// Renewing the OAuth token does not change who signs in.
	const { oauthTokenData: _token, ...lasting } = data;
	return {
		decrypted: { id: id ?? '', name, type, data },
		fingerprint: fingerprint(JSON.stringify([id, lasting])),
		baseUrl,
		secrets: credentialSecrets(data),
		problems,
	};
}

/** Fields that hold an address, which is checked separately. */
const ADDRESSES = new Set(['baseUrl', 'otherBaseUrl']);

function isAddress(text: string): boolean {
	try {
		const { protocol, username, password } = new URL(text);
		// Paths are appended as they are; even an empty query or fragment would swallow them.
		return (protocol === 'https:' || protocol === 'http:') && !/[?#\s]/.test(text) && username === '' && password === '';
	} catch {
		return false;
	}
}

/** Whether traffic to the address is encrypted, or stays on this machine. */
function isPrivate(address: string): boolean {
	const { protocol, hostname } = new URL(address);
	return protocol === 'https:' || /^(localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}
