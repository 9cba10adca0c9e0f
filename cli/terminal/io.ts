/** What a command has around it; the tests bring their own. */
export interface Io {
	/** Standard input, to its end. */
	stdin(): Promise<string>;
	/** Writes a line, or several, to standard output. */
	out(text: string): void;
	/** The same to standard error. */
	err(text: string): void;
	/** The checkout that `add` writes into. */
	root: string;
}
