13187 java
13188 java
13191 GC Thread#0
13192 G1 Main Marker
13193 G1 Conc#0
13194 G1 Refine#0
13195 G1 Service
13197 VM Periodic Tas
13198 VM Thread
13199 Reference Handl
13200 Finalizer
13201 Signal Dispatch
13202 Service Thread
13203 Monitor Deflati
13204 C2 CompilerThre
13205 C1 CompilerThre
13206 Notification Th
13207 Common-Cleaner
13221 GC Thread#1
13229 gateway-clock
13238 gateway-23
13240 gateway-24
13241 gateway-25-acce
13242 gateway-26
13244 gateway-27
13245 gateway-28
13246 gateway-29-acce
13247 gateway-30
13288 gateway-32
13289 gateway-33
13290 gateway-34
13291 gateway-35
13292 gateway-36
13293 gateway-37
13294 gateway-38
13295 gateway-39
13296 gateway-40
13297 gateway-41
13298 gateway-42
13299 gateway-44
13300 gateway-45
13301 Scheduler-10962
13306 gateway-46
13307 gateway-47
13308 gateway-48
13309 gateway-49
13310 gateway-50
13311 gateway-51
13312 gateway-52
13313 gateway-53
13314 gateway-54
13315 gateway-55
13316 gateway-56
13317 gateway-57
13318 gateway-58
13319 gateway-59
13320 gateway-60
13321 gateway-61
13322 HttpClient@42d8
13330 gateway-63
13331 gateway-64
13332 gateway-65
13333 gateway-66
13334 gateway-67
13335 gateway-68
