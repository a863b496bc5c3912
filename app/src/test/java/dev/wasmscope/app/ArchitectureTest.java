package dev.wasmscope.app;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/// Who may know whom: the arrows of CONTRIBUTING.md, over the classes of engine, views and app.
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(location -> !location.contains("test-classes") && !location.contains("-tests.jar"))
            .importPackages("dev.wasmscope");

    @Test
    void everyModuleWasImported() {
        assertThat(List.of("dev.wasmscope.engine.spi", "dev.wasmscope.views.spi", "dev.wasmscope.app.cli"))
                .allSatisfy(name ->
                        assertThat(CLASSES.containPackage(name)).as(name).isTrue());
        assertThat(CLASSES).hasSizeGreaterThan(100);
        assertThat(CLASSES)
                .noneMatch(type -> type.getSource()
                        .map(source -> source.getUri().toString().contains("/test-classes/"))
                        .orElse(false));
    }

    @Test
    void engineKnowsNoWindow() {
        noClasses()
                .that()
                .resideInAPackage("dev.wasmscope.engine..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javafx..", "dev.wasmscope.views..", "dev.wasmscope.app..")
                .check(CLASSES);
    }

    @Test
    void viewsKnowNoApplication() {
        noClasses()
                .that()
                .resideInAPackage("dev.wasmscope.views..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.wasmscope.app..")
                .check(CLASSES);
    }

    @Test
    void applicationCompilesAgainstNoPlugin() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.wasmscope.plugins..", "dev.wasmscope.plugin..")
                .check(CLASSES);
    }

    @Test
    void viewModelsKnowNoControl() {
        noClasses()
                .that()
                .haveSimpleNameEndingWith("ViewModel")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("javafx.scene..")
                .allowEmptyShould(true)
                .check(CLASSES);
    }

    @Test
    void onlyTheApplicationKnowsTheToolkitsThread() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.wasmscope.app..")
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("javafx.application.Platform")
                .check(CLASSES);
    }

    @Test
    void noThreadStartsInAView() {
        noClasses()
                .that()
                .resideInAPackage("dev.wasmscope.views..")
                .and()
                .resideOutsideOfPackage("dev.wasmscope.views.background..")
                .should()
                .callMethodWhere(startsThread())
                .orShould()
                .callConstructorWhere(JavaCall.Predicates.target(
                        describe("Thread", target -> target.getOwner().isAssignableTo(Thread.class))))
                .check(CLASSES);
    }

    @Test
    void chicoryStaysBehindItsRuntime() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.wasmscope.engine.wasm..", "dev.wasmscope.engine.wasi..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.dylibso..")
                .check(CLASSES);
    }

    @Test
    void nativeCallsAndMappedMemoryStayInTwoPackages() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.wasmscope.engine.transport..", "dev.wasmscope.engine.platform..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Linker.class, SymbolLookup.class, MappedByteBuffer.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("sun.misc.Unsafe")
                .orShould()
                .callMethodWhere(JavaCall.Predicates.target(describe(
                        "FileChannel.map",
                        target -> target.getName().equals("map")
                                && target.getOwner().isAssignableTo(FileChannel.class))))
                .check(CLASSES);
    }

    @Test
    void contractsOfTheEngineNeedOnlyTheJdk() {
        classes()
                .that()
                .resideInAPackage("dev.wasmscope.engine.spi..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "dev.wasmscope.engine.spi.."))
                .check(CLASSES);
    }

    @Test
    void contractsOfTheViewsNeedOnlyJavaFxAndTheEnginesContracts() {
        classes()
                .that()
                .resideInAPackage("dev.wasmscope.views.spi..")
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javafx..",
                        "org.jspecify..",
                        "dev.wasmscope.engine.spi..",
                        "dev.wasmscope.engine.binary..",
                        "dev.wasmscope.views.spi..",
                        "dev.wasmscope.views.background.."))
                .check(CLASSES);
    }

    @Test
    void packagesOfTheViewsHaveNoCycles() {
        slices().matching("dev.wasmscope.views.(*)..").should().beFreeOfCycles().check(CLASSES);
    }

    private static DescribedPredicate<JavaCall<?>> startsThread() {
        return describe("starts a thread", call -> {
            var owner = call.getTargetOwner();
            var starts = call.getName().startsWith("of") || call.getName().startsWith("start");
            return owner.isEquivalentTo(Executors.class) || (starts && owner.isEquivalentTo(Thread.class));
        });
    }
}
