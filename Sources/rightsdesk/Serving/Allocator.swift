import CMalloc

/// How the C library hands out memory to a server.
enum Allocator {
    /// Keeps the buffers of files within the heap. By default each of them, being larger than 128 kB, is asked of the
    /// system and given back at once, and every page of it is cleared again: that was half of what a download cost.
    /// Two heaps are enough for two cores; the default of eight a core only spreads what is free.
    static func prepareForServing() {
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 4 << 20)
        mallopt(M_ARENA_MAX, 2)
    }
}
