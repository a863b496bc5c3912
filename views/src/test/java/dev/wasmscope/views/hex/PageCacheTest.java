package dev.wasmscope.views.hex;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PageCacheTest {
    private final SlowSource source = new SlowSource(1L << 32);
    private final List<String> heard = new ArrayList<>();
    private final PageCache cache = new PageCache(source, Runnable::run, new PageCache.Listener() {
        @Override
        public void arrived() {
            heard.add("arrived");
        }

        @Override
        public void changed(long address, byte[] before, byte[] after) {
            heard.add("changed " + address);
        }
    });

    @Test
    void unreadBytesArePendingAndNeverZero() {
        cache.want(0x1000, 16);
        assertThat(cache.at(0x1000)).isEqualTo(PageCache.PENDING);
        source.answerAll();
        assertThat(cache.at(0x1000)).isEqualTo(0x1000 % 251);
        assertThat(cache.at(0x2000)).isEqualTo(PageCache.PENDING);
        assertThat(heard).containsExactly("arrived");
    }

    @Test
    void neighbouringPagesAreOneReadAndPagesUnderWayAreNotAskedForAgain() {
        cache.want(0, 3 * PageCache.PAGE);
        cache.want(0, 3 * PageCache.PAGE);
        assertThat(source.waiting).hasSize(1);
        assertThat(source.waiting.getFirst().length()).isEqualTo(3 * PageCache.PAGE);
    }

    @Test
    void staleBytesStayOnTheScreenUntilTheirSuccessorsCome() {
        cache.want(0, 16);
        source.answerAll();
        source.shift = 7;
        cache.refresh();
        cache.want(0, 16);
        assertThat(cache.at(3)).isEqualTo(3);
        source.answerAll();
        assertThat(cache.at(3)).isEqualTo(10);
        assertThat(heard).containsExactly("arrived", "changed 0", "arrived");
    }

    @Test
    void bytesAskedForBeforeARefreshAreAskedForAgain() {
        cache.want(0, 16);
        cache.refresh();
        source.answerAll();
        cache.want(0, 16);
        assertThat(source.waiting).hasSize(1);
    }

    @Test
    void pageThatWaitsBehindACallIsAskedForAgainAndTheLateAnswerIsDropped() {
        cache.want(0, 16);
        var late = List.copyOf(source.waiting);
        source.waiting.clear();
        for (int i = 0; i < 5; i++) {
            cache.refresh();
            cache.want(0, 16);
        }
        assertThat(source.waiting).hasSize(1);
        source.shift = 9;
        source.answerAll();
        assertThat(cache.at(0)).isEqualTo(9);
        source.shift = 0;
        source.waiting.addAll(late);
        source.answerAll();
        assertThat(cache.at(0)).isEqualTo(9);
    }

    @Test
    void failedReadIsShownAsUnreadableWithItsSentenceAndNotRepeatedUntilRefresh() {
        cache.want(0, 16);
        source.failAll(new IllegalStateException("The session was closed."));
        assertThat(cache.at(0)).isEqualTo(PageCache.UNREADABLE);
        assertThat(cache.problem()).isEqualTo("The session was closed.");
        cache.want(0, 16);
        assertThat(source.waiting).isEmpty();
        cache.refresh();
        cache.want(0, 16);
        assertThat(source.waiting).hasSize(1);
    }

    @Test
    void lastPageEndsWithTheSourceAndGrowthIsReadWhenItIsWanted() {
        source.size = PageCache.PAGE + 5;
        cache.want(PageCache.PAGE, 16);
        assertThat(source.waiting.getFirst().length()).isEqualTo(5);
        source.answerAll();
        source.size = 2L * PageCache.PAGE;
        cache.want(PageCache.PAGE, 16);
        source.answerAll();
        assertThat(cache.at(2L * PageCache.PAGE - 1)).isGreaterThanOrEqualTo(0);
    }

    @Test
    void olderPagesMakeRoomSoThatScrollingFourGibibytesKeepsNoMoreThanOneMebibyte() {
        for (long page = 0; page < 2 * PageCache.MOST_PAGES; page++) {
            cache.want(page * PageCache.PAGE, 1);
            source.answerAll();
        }
        assertThat(cache.at(0)).isEqualTo(PageCache.PENDING);
        assertThat(cache.at((2L * PageCache.MOST_PAGES - 1) * PageCache.PAGE)).isGreaterThanOrEqualTo(0);
    }

    @Test
    void answersAfterCloseAreNotListenedTo() {
        cache.want(0, 16);
        cache.close();
        source.answerAll();
        assertThat(heard).isEmpty();
    }
}
