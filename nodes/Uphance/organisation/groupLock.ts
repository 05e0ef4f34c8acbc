/** Somebody in the queue. */
interface Waiter {
	group: number;
	/** Lets it in. */
	admit: (mode: 'shared' | 'exclusive') => void;
}

/**
 * A lock that members of one group hold together. A change of group waits until all holders have left, and nobody else
 * enters until it is settled. First come, first served.
 */
export class GroupLock {
	/** The group that holds the lock, or held it last; undefined if a change of group did not succeed. */
	current?: number;

	/** Number of holders. */
	private active = 0;

	/** Whether a change of group is not settled yet. */
	private changing = false;

	private waiters: Waiter[] = [];

	/** Tells whether somebody holds the lock or changes the group. */
	get isBusy(): boolean {
		return this.active > 0 || this.changing;
	}

	/**
	 * Waits until the group may enter. If the result is 'exclusive', the caller changed the group and must call `settle`.
	 * In either case it must call `leave`.
	 *
	 * @throws the signal's reason if it aborts during the wait
	 */
	async enter(group: number, signal?: AbortSignal): Promise<'shared' | 'exclusive'> {
		signal?.throwIfAborted();
		return await new Promise((resolve, reject) => {
			const waiter: Waiter = {
				group,
				admit: (mode) => {
					signal?.removeEventListener('abort', onAbort);
					resolve(mode);
				},
			};
			const onAbort = () => {
				this.waiters = this.waiters.filter((each) => each !== waiter);
				reject(signal?.reason);
				this.dispatch();
			};
			signal?.addEventListener('abort', onAbort, { once: true });
			this.waiters.push(waiter);
			this.dispatch();
		});
	}

	/** Enters as a member of the current group without waiting. The caller must call `leave`. */
	join(): void {
		this.active += 1;
	}

	/** Begins a change of group, which keeps everybody out until `settle`. The lock must not be busy. */
	change(group: number): void {
		this.changing = true;
		this.current = group;
	}

	/** Ends a change of group. @param succeeded if false, it is uncertain which group is current */
	settle(succeeded: boolean): void {
		this.changing = false;
		if (!succeeded) this.current = undefined;
		this.dispatch();
	}

	/** Ends the hold of one member. */
	leave(): void {
		this.active -= 1;
		this.dispatch();
	}

	/** Lets in everybody at the head of the queue who may enter. */
	private dispatch(): void {
		for (let next = this.waiters[0]; next && !this.changing; next = this.waiters[0]) {
			const joins = next.group === this.current;
			if (!joins && this.active > 0) return;
			this.waiters.shift();
			this.active += 1;
			if (!joins) this.change(next.group);
			next.admit(joins ? 'shared' : 'exclusive');
		}
	}
}
