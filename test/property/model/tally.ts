/** Counts events by name. */
export class Tally {
	private readonly counts = new Map<string, number>();

	add(what: string): void {
		this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
	}

	get names(): string[] {
		return [...this.counts.keys()].sort();
	}

	/** The counts as text: `3 × updated; 1 × deleted`. */
	toString(): string {
		return this.names.map((what) => `${this.counts.get(what)} × ${what}`).join('; ') || 'nothing';
	}
}
