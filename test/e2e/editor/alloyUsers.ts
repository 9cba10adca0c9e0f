import type { Operated } from './operate';

/** What an operator does with the users of Alloy, which both of its APIs have. One named globex is there. */
export function userOperations(vendor: string): Operated[] {
	return [
		{
			operation: ['User', 'Create'],
			type: { Username: 'initech' },
			add: { 'Additional Fields': { 'Full Name': 'Initech Ltd.' } },
			sends: 'POST /users',
			body: { username: 'initech', fullName: 'Initech Ltd.' },
			gives: [{ vendor, outcome: 'created' }],
		},
		{
			operation: ['User', 'Create or Reuse'],
			type: { Username: 'initech' },
			sends: 'GET /users/initech',
			gives: [{ username: 'initech', outcome: 'reused' }],
		},
		{ operation: ['User', 'Get'], pick: { 'User ID or Username': 'globex' }, sends: 'GET /users/*', gives: [{ username: 'globex' }] },
		{ operation: ['User', 'Get Many'], sends: 'GET /users', gives: ['acme', 'globex', 'initech'].map((username) => ({ username })) },
		{
			operation: ['User', 'Update'],
			pick: { User: 'globex' },
			add: { 'Update Fields': { 'Full Name': 'Globex Inc.' } },
			sends: 'PUT /users/*',
			body: { fullName: 'Globex Inc.' },
			gives: [{ outcome: 'updated' }],
		},
		{ operation: ['User', 'Delete'], pick: { User: 'globex' }, sends: 'DELETE /users/*', gives: [{ deleted: true }] },
	];
}
