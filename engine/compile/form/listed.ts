/** The words that n8n asks for where a parameter is chosen from a list that is fetched. */
export const LISTED = 'Choose from the list, or specify an ID using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
export const SEVERAL_LISTED =
	'Choose from the list, or specify IDs using an <a href="https://docs.n8n.io/code/expressions/">expression</a>';
