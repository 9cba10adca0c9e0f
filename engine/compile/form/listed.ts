/** The description that n8n's linter requires for a parameter with a fetched list. */
export const LISTED = 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
export const SEVERAL_LISTED =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
